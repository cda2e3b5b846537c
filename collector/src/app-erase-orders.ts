// Erasures that were asked for, kept in `<dataDir>/erasing/` until they are done: a crash interrupts one, it does not lose it.
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { syncDirectory } from './store/dead-letter.ts'

const orderSchema = z.object({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  project: z.string(),
  subject: z.object({ kind: z.enum(['user', 'session', 'trace']), value: z.string() }),
})
export type EraseOrder = z.output<typeof orderSchema>

export interface EraseOrders {
  keep(order: EraseOrder): Promise<void>
  list(): Promise<EraseOrder[]>
  remove(id: string): Promise<void>
}

export function ordersIn(dataDir: string): EraseOrders {
  const directory = join(dataDir, 'erasing')
  const pathOf = (id: string): string => join(directory, `${id}.json`)
  return {
    async keep(order) {
      await mkdir(directory, { recursive: true, mode: 0o700 })
      const file = await open(`${pathOf(order.id)}.tmp`, 'w', 0o600)
      try {
        await file.writeFile(JSON.stringify(order))
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(`${pathOf(order.id)}.tmp`, pathOf(order.id))
      await syncDirectory(directory)
    },
    async list() {
      const orders: EraseOrder[] = []
      for (const name of await namesIn(directory)) {
        const path = join(directory, name)
        // A draft was promised to nobody.
        if (name.endsWith('.json')) orders.push(orderSchema.parse(JSON.parse(await readFile(path, 'utf8'))))
        else await rm(path)
      }
      return orders
    },
    async remove(id) {
      await rm(pathOf(id), { force: true })
      await syncDirectory(directory)
    },
  }
}

async function namesIn(directory: string): Promise<string[]> {
  return await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
}
