// The state of the URL in; the list of traces out.
import { ListPage } from '../list/list-page.tsx'
import { LISTS } from '../list/lists.ts'

export const Traces = () => <ListPage spec={LISTS.traces} />
