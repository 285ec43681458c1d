import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const electron = (file: string): string => path.join(root, 'electron', file)

const shared = {
  outDir: path.join(root, 'dist/electron'),
  emptyOutDir: false,
  target: 'node20',
  minify: false,
  sourcemap: true,
  reportCompressedSize: false,
} as const

/** What the desktop app runs outside of the page: main process and runtime as ES modules, the sandboxed preload as one CommonJS file. */
export default defineConfig({
  root: path.join(root, 'electron'),
  publicDir: electron('assets'),
  environments: {
    node: {
      consumer: 'server',
      // Few files load faster than hundreds; these two read files of their own or choose code at run time.
      resolve: { noExternal: true, external: ['electron', 'kafkajs', 'pino'], conditions: ['module', 'node', 'import', 'default'] },
      build: {
        ...shared,
        emptyOutDir: true,
        rolldownOptions: {
          input: { main: electron('main/main.ts'), 'runtime-host': electron('runtime-host/runtime-host.ts') },
          platform: 'node',
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron'] },
      build: {
        ...shared,
        rolldownOptions: {
          input: { preload: electron('preload/preload.ts') },
          platform: 'node',
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['node', 'preload']) {
        const environment = builder.environments[name]
        if (environment !== undefined) await builder.build(environment)
      }
    },
  },
})
