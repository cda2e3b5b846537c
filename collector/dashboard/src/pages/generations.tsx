// The state of the URL in; the list of LLM calls out.
import { ListPage } from '../list/list-page.tsx'
import { LISTS } from '../list/lists.ts'

export const Generations = () => <ListPage spec={LISTS.generations} />
