import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { asLatin } from './resources/packaging/as-latin.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Three bundles into out/: the main process (Electron entry, Node entries and the store worker), the preload script
 * (CommonJS, because a sandboxed preload must be) and the page. Only what cannot be bundled stays outside:
 * native code (better-sqlite3), vendored helper programs (node-notifier) and Electron itself.
 */
export default defineConfig({
  main: {
    plugins: [asLatin()],
    build: {
      outDir: 'out/main',
      target: 'node24',
      externalizeDeps: false,
      rollupOptions: {
        external: ['electron', 'better-sqlite3', 'node-notifier'],
        input: {
          index: at('main/index.ts'),
          cli: at('main/cli.ts'),
          'writer-worker': at('main/store/writer-worker.ts'),
          'import-worker': at('main/imports/import-worker.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          // What only the command line loads stands apart: a package leaves it out.
          chunkFileNames: ({ moduleIds, facadeModuleId }) =>
            [...moduleIds, facadeModuleId].some((id) => id?.includes('/main/commands/'))
              ? 'cli/[name]-[hash].js'
              : 'chunks/[name]-[hash].js',
          // Less to read at every start. Names stay, so that a stack trace can be read.
          minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        external: ['electron'],
        input: { index: at('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      target: 'chrome140',
      minify: true,
      // One style sheet, there before anything is drawn: a page that is read later can then fail in one way only, and be tried again.
      cssCodeSplit: false,
      // What the desk needs is one file; the pages stand apart (renderer/app/pages.ts). A desk that grows by a tenth is told.
      chunkSizeWarningLimit: 900,
      rollupOptions: {
        input: { index: at('renderer/index.html') },
        output: {
          // A page's file by the page's name.
          chunkFileNames: ({ facadeModuleId }) =>
            `assets/${/features\/([^/]+)\/page\.ts$/.exec(facadeModuleId ?? '')?.[1] ?? '[name]'}-[hash].js`,
        },
      },
    },
  },
})
