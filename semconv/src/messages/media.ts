// A block that shows an image, a sound, a file … in any dialect -> a `blob`, `uri` or `file` part.
import type { MessagePart } from '../model.ts'
import { type Draft, isObj, type Obj, putRest } from './values.ts'

/** Members that hold the medium one level further down. */
const HOLDERS = [
  'image_url',
  'input_audio',
  'video_url',
  'audio_url',
  'source',
  'image',
  'audio',
  'video',
  'document',
  'file',
  'media',
  'inlineData',
  'inline_data',
  'fileData',
  'file_data',
  's3Location',
]
const FILE_ID_KEYS = ['file_id', 'fileId', 'fileReference']
const PLACE_KEYS = [
  'url',
  'uri',
  'fileUri',
  'file_uri',
  'file_url',
  'image_url',
  'video_url',
  'audio_url',
  'data',
  'bytes',
  'file_data',
  'b64_json',
  'base64',
  'image',
  'audio',
]
const MIME_KEYS = [
  'mime_type',
  'mimeType',
  'media_type',
  'mediaType',
  'contentType',
  'content_type',
  'image_mimetype',
  'document_mimetype',
]
const MODALITY_OF_MIME = /^(image|audio|video)\//
const MAX_LEVELS = 4

/** Where a member was found: its level keeps no other member of that name. */
interface Found {
  level: number
  key: string
  text: string
}

/** @returns undefined when the block names no medium */
export function mediaPart(block: Obj, modality: string): MessagePart | undefined {
  const levels = levelsOf(block)
  const text = plainText(levels)
  if (text) return finish({ type: 'text', content: text.text }, levels, [text])
  const mime = find(levels, MIME_KEYS)
  const fileId = find(levels, FILE_ID_KEYS)
  if (fileId) return finish(described('file', modality, mime?.text, { file_id: fileId.text }), levels, [fileId, mime])
  const place = find(levels, PLACE_KEYS)
  if (!place) return undefined
  const format = mime ? undefined : find(levels, ['format'])
  const told = format ? `${modality === 'document' ? 'application' : modality}/${format.text}` : mime?.text
  return finish(placed(place.text, modality, told), levels, [place, mime, format])
}

/** A medium from the text that says where it is, or that is it: a URL, a data URL or base64. */
export function placed(text: string, modality: string, mime: string | undefined): Draft {
  const data = /^data:([^;,]*);base64,/.exec(text.slice(0, 256))
  if (data) return described('blob', modality, data[1] || mime, { content: text.slice(data[0].length) })
  const isUrl = /^(data:|[a-z][a-z0-9+.-]{1,20}:\/\/)/i.test(text)
  return described(isUrl ? 'uri' : 'blob', modality, mime, isUrl ? { uri: text } : { content: text })
}

function described(type: string, modality: string, mime: string | undefined, what: Draft): Draft {
  const fromMime = MODALITY_OF_MIME.exec(mime ?? '')?.[1]
  return { type, modality: fromMime ?? modality, ...(mime === undefined ? {} : { mime_type: mime }), ...what }
}

/** The block and the objects that it nests its medium in. */
function levelsOf(block: Obj): Obj[] {
  const levels = [block]
  while (levels.length < MAX_LEVELS) {
    const last = levels.at(-1)!
    const holder = holderOf(last)
    if (holder === undefined) break
    levels.push(last[holder] as Obj)
  }
  return levels
}

const holderOf = (level: Obj): string | undefined => HOLDERS.find((key) => isObj(level[key]))

/** Anthropic's documents may be text, which is no base64. */
function plainText(levels: readonly Obj[]): Found | undefined {
  const level = levels.length - 1
  const { type, data } = levels[level]!
  return type === 'text' && typeof data === 'string' ? { level, key: 'data', text: data } : undefined
}

function find(levels: readonly Obj[], keys: readonly string[]): Found | undefined {
  for (const [level, object] of levels.entries()) {
    const key = keys.find((name) => typeof object[name] === 'string' && object[name] !== '')
    if (key !== undefined) return { level, key, text: object[key] as string }
  }
  return undefined
}

function finish(part: Draft, levels: readonly Obj[], used: readonly (Found | undefined)[]): MessagePart {
  levels.forEach((object, level) => {
    const keys = used.filter((one) => one?.level === level).map((one) => one?.key)
    const holder = level + 1 < levels.length ? holderOf(object) : undefined
    putRest(part, object, ['type', holder, ...keys])
  })
  return part as MessagePart & Draft
}
