// The chunks of a streamed reply in, the same chunks out as they come; the step learns when the first came and when the last.
import type { EndFacts, Step } from './step-handle.ts'

/** What is learned from chunks, none of which is kept longer than needed. */
export interface ChunkReader<Chunk> {
  /** True for what the app is to see. */
  read(chunk: Chunk): boolean
  /** True for the first chunk that holds something of the reply. */
  isToken(chunk: Chunk): boolean
  /** What all chunks so far amount to. */
  facts(): EndFacts
}

/** Ends the step however the stream ends: read to the end, left early, or broken. An error passes through. */
export async function* streamOf<Chunk>(
  step: Step,
  chunks: AsyncIterable<Chunk>,
  reader: ChunkReader<Chunk>,
): AsyncGenerator<Chunk, void> {
  try {
    for await (const chunk of chunks) if (isShown(step, chunk, reader)) yield chunk
  } catch (error) {
    step.end({ ...factsOf(reader), error })
    throw error
  } finally {
    step.end(factsOf(reader))
  }
}

/** The app's stream is worth more than our record of it: a chunk that we cannot read is passed on. */
function isShown<Chunk>(step: Step, chunk: Chunk, reader: ChunkReader<Chunk>): boolean {
  try {
    if (reader.isToken(chunk)) step.firstToken()
    return reader.read(chunk)
  } catch {
    return true
  }
}

function factsOf<Chunk>(reader: ChunkReader<Chunk>): EndFacts {
  try {
    return reader.facts()
  } catch {
    return {}
  }
}

/** For streams of anything: texts are put together; of other chunks only the app knows what they amount to. */
export function plainReader<Chunk>(onEnd: ((chunks: Chunk[]) => EndFacts) | undefined): ChunkReader<Chunk> {
  const kept: Chunk[] = []
  return {
    read: (chunk) => kept.push(chunk) > 0,
    isToken: () => true,
    facts() {
      if (onEnd) return onEnd(kept)
      return kept.length > 0 && kept.every((chunk) => typeof chunk === 'string') ? { output: kept.join('') } : {}
    },
  }
}
