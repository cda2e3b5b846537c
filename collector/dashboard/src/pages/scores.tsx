// The state of the URL in; the list of scores out.
import { ListPage } from '../list/list-page.tsx'
import { LISTS } from '../list/lists.ts'

export const Scores = () => <ListPage spec={LISTS.scores} />
