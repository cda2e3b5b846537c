// exporter/src in; exporter/dist out, the package as it is published: ESM and CJS, declarations for both, its own package.json. Takes a folder to write to.
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { build } from 'rolldown'

const ROOT = resolve(import.meta.dirname, '..')
const EXPORTER = join(ROOT, 'exporter')
const out = resolve(process.argv[2] ?? join(EXPORTER, 'dist'))

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
// For runtimes from Node 20 and browsers of 2022 on; `#private` members stay what they are.
await bundle('esm', 'js')
await bundle('cjs', 'cjs')
declarations()
writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`)
copyFileSync(join(EXPORTER, 'README.md'), join(out, 'README.md'))
copyFileSync(join(ROOT, 'LICENSE'), join(out, 'LICENSE'))
for (const file of readdirSync(out)) console.log(`${String(statSync(join(out, file)).size).padStart(8)} ${file}`)

/** Not minified: the app's bundler does that, and stack traces stay readable where there is none. The tables of the event wire are a file of their own. */
async function bundle(format: 'esm' | 'cjs', extension: string): Promise<void> {
  await build({
    input: join(EXPORTER, 'src/index.ts'),
    external: ['@opentelemetry/api'],
    platform: 'neutral',
    transform: { target: 'es2022' },
    logLevel: 'warn',
    output: {
      dir: out,
      format,
      entryFileNames: `[name].${extension}`,
      chunkFileNames: `[name].${extension}`,
      minify: { compress: false, mangle: false, codegen: { removeWhitespace: false } },
      comments: { jsdoc: false },
    },
  })
}

/** The declarations that index.d.ts leads to, and their twins for `require`. */
function declarations(): void {
  const made = mkdtempSync(join(tmpdir(), 'insights-types-'))
  const tsc = join(ROOT, 'node_modules/.bin/tsc')
  const config = join(made, 'tsconfig.json')
  const { compilerOptions: own } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')) as {
    compilerOptions: object
  }
  const compilerOptions = {
    ...own,
    ...{ declaration: true, emitDeclarationOnly: true, stripInternal: true, noEmit: false, target: 'es2022' },
    ...{ rootDir: ROOT, outDir: made, typeRoots: [join(ROOT, 'node_modules/@types')] },
  }
  // Of the exporter alone: what others export is no matter of this package.
  writeFileSync(config, JSON.stringify({ compilerOptions, files: [join(EXPORTER, 'src/index.ts')] }))
  const { status } = spawnSync(tsc, ['-p', config], { stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error('cannot make declarations: see the messages above')
  copyDeclarations(join(made, 'exporter/src'), 'index.d.ts')
  rmSync(made, { recursive: true, force: true })
}

function copyDeclarations(from: string, first: string): void {
  const waiting = [first]
  for (const file of waiting) {
    const text = readFileSync(join(from, file), 'utf8')
    for (const [, target = ''] of text.matchAll(/from '(\.[^']+)\.ts'/g)) {
      const next = join(dirname(file), `${target}.d.ts`)
      if (!waiting.includes(next)) waiting.push(next)
    }
    // `using` needs names that older standard libraries of TypeScript have apart.
    const head = file === first ? '/// <reference lib="esnext.disposable" />\n' : ''
    writeTo(join(out, file), head + withExtension(text, 'js'))
    writeTo(join(out, file.replace(/\.d\.ts$/, '.d.cts')), head + withExtension(text, 'cjs'))
  }
}

function withExtension(text: string, extension: string): string {
  return text.replaceAll(/from '(\.[^']+)\.ts'/g, `from '$1.${extension}'`)
}

function writeTo(file: string, text: string): void {
  if (!existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

function manifest(): object {
  const source = JSON.parse(readFileSync(join(EXPORTER, 'package.json'), 'utf8')) as Record<string, unknown>
  const { name, version, description, license, peerDependencies } = source
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    sideEffects: false,
    main: './index.cjs',
    module: './index.js',
    types: './index.d.ts',
    exports: {
      '.': {
        import: { types: './index.d.ts', default: './index.js' },
        require: { types: './index.d.cts', default: './index.cjs' },
      },
      './package.json': './package.json',
    },
    peerDependencies,
    engines: { node: '>=20.3' },
  }
}
