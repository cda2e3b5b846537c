// The name of a batch: a pure function of the journal, the seal and the place in it, so that a rebuilt batch has the same.
import { hash } from 'node:crypto'

interface Named {
  id: number
  origin?: string | undefined
}

/**
 * 16 bytes. A journal never gives a seal id twice, so neither is a batch id. What is sealed again after a start is named by its content instead:
 * a journal put back out of a copy names the same records as its original did since.
 */
export function batchId(journalId: string, { id, origin }: Named, index: number): Buffer {
  return hash('sha256', `${journalId}/${origin ?? id}/${index}`, 'buffer').subarray(0, 16)
}
