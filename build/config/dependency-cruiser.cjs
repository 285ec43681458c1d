// Who may import whom: docs/decisions/2026-11-24-layers.md. Every rule is planted once in build/checks/layers.test.ts.

const PURE = [
  '^pipeline-runtime/(data|spec|expressions|formats|samples|compiler|rpc|engine|nodes)/',
  '^pipeline-runtime/connectors/[^/]+/connection\\.ts$',
  '^pipeline-runtime/connectors/kafka/(client-properties|key-file)\\.ts$',
  '^pipeline-runtime/connectors/(connections|connection-kind|log-port)\\.ts$',
]
const PURE_LIBRARIES = '^(node_modules/)?(zod|@lezer/(common|lr|highlight)|@noble/hashes|re2js)(/|$)'
/** What the contracts between page, shell and runtime are written with; `rpc/` alone may know it. */
const CONTRACT_LIBRARY = '^(node_modules/)?@orpc/contract(/|$)'
const OURS = '^(pipeline-runtime|renderer|electron|build|test)/'
/** Tests, suites for several implementations, benchmarks. */
const TESTS = ['\\.(test|contract|bench)\\.ts$', '^test/']

/** A package by its name, found or not. */
const library = (name) => `^(node_modules/)?${name}(/|$)`

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

module.exports = {
  forbidden: [
    rule('no-cycles', 'Files that need each other are one file, or a third one is missing.', {}, { circular: true }),
    rule(
      'pure-imports-pure',
      'Pure files say what a pipeline means and run in the page, too: they import pure files only.',
      { path: PURE, pathNot: TESTS },
      { path: OURS, pathNot: PURE },
    ),
    rule(
      'pure-imports-pure-libraries',
      'Pure files import zod, the Lezer runtime, @noble/hashes and re2js, nothing else, and nothing of Node.',
      { path: PURE, pathNot: [...TESTS, '^pipeline-runtime/rpc/'] },
      { pathNot: [OURS, PURE_LIBRARIES, '^\\.\\.?/'] },
    ),
    rule(
      'contracts-import-pure-libraries',
      'The contracts are pure, too; beside what all pure files may import they know @orpc/contract.',
      { path: '^pipeline-runtime/rpc/', pathNot: TESTS },
      { pathNot: [OURS, PURE_LIBRARIES, CONTRACT_LIBRARY, '^\\.\\.?/'] },
    ),
    rule(
      'renderer-imports-pure',
      'The page imports pure files only (and the documents of the gallery); what runs comes over the RPC contract.',
      { path: '^renderer/' },
      { path: '^(pipeline-runtime|electron|build|test)/', pathNot: [...PURE, '^pipeline-runtime/examples/[^/]+\\.json'] },
    ),
    rule(
      'runtime-imports-no-shell',
      'pipeline-runtime runs without Electron and without a page.',
      { path: '^pipeline-runtime/' },
      { path: ['^(electron|renderer)/', library('electron')] },
    ),
    rule(
      'node-kinds-stay-apart',
      'A node kind imports no other kind; what kinds share stands in nodes/shared.',
      { path: '^pipeline-runtime/nodes/([^/]+)/', pathNot: TESTS },
      { path: '^pipeline-runtime/nodes/[^/]+/', pathNot: '^pipeline-runtime/nodes/($1|shared)/' },
    ),
    rule(
      'definition-imports-no-operator',
      'The compiler and the page import definitions; running code must not come with them.',
      { path: '^pipeline-runtime/nodes/([^/]+/definition|catalog)\\.ts$' },
      { path: '^pipeline-runtime/nodes/([^/]+/operator|operators)\\.ts$' },
    ),
    rule(
      'main-process-imports-no-engine',
      'The main process starts the runtime; the engine runs in a process of its own.',
      { path: '^electron/main/' },
      { path: '^pipeline-runtime/engine/' },
    ),
    rule(
      'engine-imports-no-connector',
      'All input and output is at the edges of the engine; of connectors it may know the types of the log port.',
      { path: '^pipeline-runtime/engine/', pathNot: TESTS },
      { path: '^pipeline-runtime/connectors/', pathNot: '^pipeline-runtime/connectors/log-port\\.ts$' },
    ),
    rule(
      'engine-takes-types-of-the-log-port',
      'All input and output is at the edges of the engine; of connectors it may know the types of the log port.',
      { path: '^pipeline-runtime/engine/', pathNot: TESTS },
      { path: '^pipeline-runtime/connectors/log-port\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'react-flow-only-in-canvas',
      'Only renderer/canvas knows React Flow.',
      { pathNot: '^renderer/canvas/' },
      { path: ['^(node_modules/)?@xyflow/', library('reactflow')] },
    ),
    rule(
      'kafkajs-only-in-connector',
      'Only connectors/kafka knows kafkajs; tests use it as the peer.',
      { pathNot: ['^pipeline-runtime/connectors/kafka/', '^test/'] },
      { path: library('kafkajs') },
    ),
    rule(
      'nothing-from-outside',
      'The repository stands alone: nothing beside its folder is there on another machine.',
      {},
      { path: '^\\.\\./', couldNotResolve: false },
    ),
    rule('code-imports-no-tests', 'Code that ships imports no test.', { pathNot: TESTS }, { path: TESTS }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Packages count by the name under which they are imported, also where node_modules is a link.
    preserveSymlinks: true,
    exclude: { path: '^(dist|\\.cache|test/newcomer/fixture)/' },
    // Type imports count: a layer that needs another one's types depends on it.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mts', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
    skipAnalysisNotInRules: true,
  },
}
