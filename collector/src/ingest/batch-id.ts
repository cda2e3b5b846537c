// The name of a batch: a pure function of the journal, the seal and the place in it, so that a rebuilt batch has the same.

/** 8 bytes of the journal's id, 6 of the seal's, 2 of the batch's index in it. */
export function batchId(journalId: string, sealId: number, index: number): Buffer {
  const id = Buffer.alloc(16)
  id.write(journalId.slice(0, 16), 'hex')
  id.writeUIntBE(sealId, 8, 6)
  id.writeUInt16BE(index, 14)
  return id
}
