// The state of the URL in; the list of sessions out.
import { ListPage } from '../list/list-page.tsx'
import { LISTS } from '../list/lists.ts'

export const Sessions = () => <ListPage spec={LISTS.sessions} />
