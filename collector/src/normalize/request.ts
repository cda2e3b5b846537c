// ExportTraceServiceRequest and ExportLogsServiceRequest have one shape: resource, scope, records. This walks both.
import { ResourceContext, ScopeContext } from './resource.ts'
import type { Source } from './wire/bytes.ts'
import { Cursor, LEN, MALFORMED } from './wire/cursor.ts'

/** Receives each record's slice with the resource and scope that it belongs to. */
export interface RecordSink {
  record(source: Source, start: number, end: number): void
}

/**
 * Walks a request once it is known to be well framed down to its records, so that what a bad record does stays in that
 * record: `check` refuses the request, `walk` then cannot fail.
 */
export class RequestWalker {
  readonly resource: ResourceContext
  readonly scope: ScopeContext

  constructor(maxAttributes: number) {
    this.resource = new ResourceContext(maxAttributes)
    this.scope = new ScopeContext(maxAttributes)
  }

  /** @returns the number of records, or -1 when the bytes are not a request. */
  check(source: Source): number {
    let records = 0
    try {
      const request = new Cursor().over(source, 0, source.bytes.length)
      while (request.next()) {
        if (request.field !== 1 || request.wire !== LEN) {
          request.skip()
          continue
        }
        const stop = request.length()
        records += this.checkResource(source, request.pos, stop)
        request.pos = stop
      }
    } catch (error) {
      if (error === MALFORMED) return -1
      throw error
    }
    return records
  }

  private checkResource(source: Source, start: number, end: number): number {
    const cursor = new Cursor().over(source, start, end)
    let records = 0
    while (cursor.next()) {
      if (cursor.wire !== LEN) {
        cursor.skip()
        continue
      }
      const stop = cursor.length()
      if (cursor.field === 1) {
        this.resource.clear()
        this.resource.read(source, cursor.pos, stop)
      } else if (cursor.field === 2) records += this.checkScope(source, cursor.pos, stop)
      cursor.pos = stop
    }
    return records
  }

  private checkScope(source: Source, start: number, end: number): number {
    const cursor = new Cursor().over(source, start, end)
    let records = 0
    while (cursor.next()) {
      if (cursor.wire !== LEN) {
        cursor.skip()
        continue
      }
      const stop = cursor.length()
      if (cursor.field === 1) {
        this.scope.clear()
        this.scope.read(source, cursor.pos, stop)
      } else if (cursor.field === 2) records++
      cursor.pos = stop
    }
    return records
  }

  /** Only after `check` said yes. */
  walk(source: Source, sink: RecordSink): void {
    const request = new Cursor().over(source, 0, source.bytes.length)
    while (request.next()) {
      if (request.field !== 1 || request.wire !== LEN) {
        request.skip()
        continue
      }
      const stop = request.length()
      this.walkResource(source, request.pos, stop, sink)
      request.pos = stop
    }
  }

  // Fields may come in any order, so the resource and the schema are read before the first scope is entered.
  private walkResource(source: Source, start: number, end: number, sink: RecordSink): void {
    const { resource } = this
    resource.clear()
    const cursor = new Cursor().over(source, start, end)
    while (cursor.next()) {
      if (cursor.wire !== LEN) {
        cursor.skip()
        continue
      }
      const stop = cursor.length()
      if (cursor.field === 1) resource.read(source, cursor.pos, stop)
      else if (cursor.field === 3) [resource.schemaStart, resource.schemaEnd] = [cursor.pos, stop]
      cursor.pos = stop
    }
    this.each(source, start, end, (from, to) => this.walkScope(source, from, to, sink))
  }

  private walkScope(source: Source, start: number, end: number, sink: RecordSink): void {
    const { scope } = this
    scope.clear()
    const cursor = new Cursor().over(source, start, end)
    while (cursor.next()) {
      if (cursor.wire !== LEN) {
        cursor.skip()
        continue
      }
      const stop = cursor.length()
      if (cursor.field === 1) scope.read(source, cursor.pos, stop)
      else if (cursor.field === 3) [scope.schemaStart, scope.schemaEnd] = [cursor.pos, stop]
      cursor.pos = stop
    }
    this.each(source, start, end, (from, to) => sink.record(source, from, to))
  }

  /** Every LEN field number 2 of the message: scopes of a resource, records of a scope. */
  private each(source: Source, start: number, end: number, visit: (start: number, end: number) => void): void {
    const cursor = new Cursor().over(source, start, end)
    while (cursor.next()) {
      if (cursor.field !== 2 || cursor.wire !== LEN) {
        cursor.skip()
        continue
      }
      const stop = cursor.length()
      visit(cursor.pos, stop)
      cursor.pos = stop
    }
  }
}
