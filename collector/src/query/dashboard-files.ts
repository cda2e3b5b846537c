// The folder of the built dashboard in; its files as answers out, packed as the build packed them.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

export interface StaticFile {
  type: string
  /** Quoted, as the header has it. */
  etag: string
  /** The name has a hash of the content: it never changes. */
  isHashed: boolean
  plain: Uint8Array<ArrayBuffer>
  /** Content-Encoding -> bytes, best first. */
  packed: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}

/** URL path -> file. */
export type StaticFiles = ReadonlyMap<string, StaticFile>

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.md': 'text/plain; charset=utf-8',
}
const PACKINGS: readonly [encoding: string, extension: string][] = [
  ['br', '.br'],
  ['gzip', '.gz'],
]
/** Above this something else than our page lies there. */
const MAX_FILES = 500

/** @returns undefined when the page was not built */
export async function readStaticFiles(folder: string): Promise<StaticFiles | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined)
  const names = entries
    ?.filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined)
    .slice(0, MAX_FILES)
    .map((entry) => join(entry.parentPath, entry.name))
  if (names === undefined || !names.includes(join(folder, 'index.html'))) return undefined
  const files = new Map<string, StaticFile>()
  for (const name of names) files.set(urlPath(folder, name), await readStaticFile(folder, name))
  return files
}

async function readStaticFile(folder: string, name: string): Promise<StaticFile> {
  const plain = await readFile(name)
  const packed = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const [encoding, extension] of PACKINGS) {
    const bytes = await readFile(name + extension).catch(() => undefined)
    if (bytes !== undefined && bytes.length < plain.length) packed.set(encoding, bytes)
  }
  return {
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    isHashed: urlPath(folder, name).startsWith('/assets/'),
    plain,
    packed,
  }
}

const urlPath = (folder: string, name: string): string => `/${relative(folder, name).split(sep).join('/')}`
