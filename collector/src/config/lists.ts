// Settings that are lists of names: their text, or a YAML list, in; checked names out.
import { z } from 'zod'
import { parseOrigin } from '../net/origin.ts'
import { type Kind, PROJECT, pairs, refuse } from './kinds.ts'

const MAX_NAMES = 1000

interface ListOptions {
  format: string
  expected: string
  /** The form in which it is compared, or undefined. */
  parse: (text: string) => string | undefined
}

function list({ format, expected, parse }: ListOptions): Kind<readonly string[]> {
  const schema = z.union([z.string(), z.array(z.string())]).transform((value, context) => {
    const texts = (typeof value === 'string' ? value.split(',') : value).map((text) => text.trim())
    const names = texts.filter((text) => text !== '').map(parse)
    const isValid = names.length <= MAX_NAMES && names.every((name) => name !== undefined)
    return isValid ? [...new Set(names.filter((name) => name !== undefined))] : refuse(context, expected)
  })
  return { format, secret: false, schema }
}

/** `https://app.example.com,http://localhost:3000`, or `*`. */
export const origins = (): Kind<readonly string[]> =>
  list({
    format: 'origin,…',
    expected: 'origins such as https://app.example.com, without a path, or *',
    parse: parseOrigin,
  })

/** Host names without a port. */
export const hostNames = (): Kind<readonly string[]> =>
  list({
    format: 'name,…',
    expected: 'host names such as insights.example.com, without scheme and port',
    parse: (text) => (/^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252})$/.test(text) ? text.toLowerCase() : undefined),
  })

/** Paths without a slash at the end. */
export const pathPrefixes = (): Kind<readonly string[]> =>
  list({
    format: 'path,…',
    expected: 'paths such as /api/public/otel',
    parse: (text) => (/^(?:\/[A-Za-z0-9_.~-]{1,64}){1,8}$/.test(text) ? text : undefined),
  })

/** `name:project,…` or a map of a name in a certificate to its project. */
export const projectsByName = (): Kind<ReadonlyMap<string, string>> =>
  pairs({
    format: 'name:project,…',
    expected: 'name:project pairs, each name once',
    secret: false,
    colon: 'last',
    read: (all) => {
      const projects = new Map(all)
      const isValid = all.every(([name, project]) => name !== '' && PROJECT.test(project))
      return isValid && projects.size === all.length ? projects : undefined
    },
  })
