/** The kinds of span that are LLM calls: the rows of generations_v1. */
export const GENERATION_KINDS: readonly string[] = ['generation', 'embedding']
