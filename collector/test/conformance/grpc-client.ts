// For tests: one Export call of the gRPC library's client, with bytes of our own.
import { type ChannelCredentials, Client, Metadata, type ServiceError } from '@grpc/grpc-js'

export const TRACES = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'

export interface ExportCall {
  done: Promise<Buffer>
  cancel(): void
}

const same = (bytes: Buffer): Buffer => bytes

/** @param deadlineMs from now */
export function startExport(
  address: string,
  body: Uint8Array,
  { credentials, deadlineMs = 20_000 }: { credentials: ChannelCredentials; deadlineMs?: number },
): ExportCall {
  const client = new Client(address, credentials)
  let cancel = (): void => undefined
  const done = new Promise<Buffer>((resolve, reject) => {
    const deadline = Date.now() + deadlineMs
    const call = client.makeUnaryRequest(
      TRACES,
      same,
      same,
      Buffer.from(body),
      new Metadata(),
      { deadline },
      (error, reply) => {
        client.close()
        if (error) reject(error)
        else resolve(reply ?? Buffer.alloc(0))
      },
    )
    cancel = () => call.cancel()
  })
  return { done, cancel }
}

export const exportOver = (address: string, body: Uint8Array, credentials: ChannelCredentials): Promise<Buffer> =>
  startExport(address, body, { credentials }).done

/** The status of a call that fails. */
export async function failureOf(done: Promise<unknown>): Promise<ServiceError> {
  return await done.then(
    () => Promise.reject(new Error('the call succeeded')),
    (error: ServiceError) => error,
  )
}
