// collector/dashboard/src in; a page of static files with hashed names out. Nothing is inlined: the page's policy allows no inline script.
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // "use client" means nothing here, and each file of the libraries that says so would be a warning
    rolldownOptions: {
      onwarn: (warning, tell) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : tell(warning)),
    },
    license: { fileName: 'licenses.md' },
  },
  // npm run dashboard: the page from source, data from a collector that runs
  server: { port: 4319, proxy: { '/api': 'http://127.0.0.1:4320', '/readyz': 'http://127.0.0.1:4320' } },
})
