// The name of a batch: a pure function of the journal, the seal and the place in it, so that a rebuilt batch has the same.
import { hash } from 'node:crypto'

/** 16 bytes. A journal never gives a seal id twice, so neither is a batch id. */
export function batchId(journalId: string, sealId: number, index: number): Buffer {
  return hash('sha256', `${journalId}/${sealId}/${index}`, 'buffer').subarray(0, 16)
}
