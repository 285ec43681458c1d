import path from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { kindIcons } from './kind-icons.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** The page: one bundle for the desktop app and for `millrace serve`. */
export default defineConfig({
  root: path.join(root, 'renderer'),
  base: './',
  plugins: [react(), kindIcons()],
  // The policy of the page allows no code from data URLs.
  build: {
    outDir: path.join(root, 'dist/renderer'),
    emptyOutDir: true,
    target: 'chrome128',
    assetsInlineLimit: 0,
    // One style sheet: a second one that could not be loaded is not asked for again when its part of the page is.
    cssCodeSplit: false,
    sourcemap: true,
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // React makes errors while it is loaded. V8 then reads the whole file of the code once more, to know their lines: better a small one.
        codeSplitting: { groups: [{ name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|use-sync-external-store)[\\/]/ }] },
      },
    },
  },
  worker: { format: 'es' },
})
