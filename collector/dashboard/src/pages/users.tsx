// The state of the URL in; the list of users out.
import { ListPage } from '../list/list-page.tsx'
import { LISTS } from '../list/lists.ts'

export const Users = () => <ListPage spec={LISTS.users} />
