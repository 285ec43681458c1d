// How electron-builder turns the built program into an application: what goes into it, what it is called, what it may do.
// Used by `build/package/app-folder.mjs`, for the system that it runs on: Linux gets a folder (the archive and the Debian package are made
// of it there), Windows and macOS their installers.

/** The document type on every system. */
const DOCUMENT = { extension: 'millrace.json', mimeType: 'application/vnd.millrace+json', title: 'Millrace pipeline' }

/**
 * What the parts of Electron's binary that can be switched off are set to. Node stays reachable by ELECTRON_RUN_AS_NODE because the command
 * `millrace` of the package runs on it; NODE_OPTIONS and debugging by switches are off.
 */
const FUSES = {
  runAsNode: true,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
}

/**
 * @param {object} parts
 * @param {{ folder: string, version: string }} parts.electron the runtime that is packed
 * @param {string} parts.output
 * @param {string} parts.kafka a Kafka with its Java, beside the program as files
 * @param {string} parts.guide the site of `docs/`
 * @param {string} parts.icons
 * @param {(context: { appOutDir: string, packager: object }) => Promise<void>} parts.afterPack
 */
export function electronBuilderConfig({ electron, output, kafka, guide, icons, afterPack }) {
  return {
    appId: 'millrace',
    productName: 'Millrace',
    copyright: 'Apache License 2.0',
    directories: { output, buildResources: icons },
    electronDist: electron.folder,
    electronVersion: electron.version,
    electronFuses: FUSES,
    electronLanguages: ['en', 'en-US'],
    // Nothing is compiled for one machine, so nothing has to be compiled again.
    npmRebuild: false,
    publish: null,
    asar: true,
    extraMetadata: { main: 'dist/electron/main.js', desktopName: 'millrace.desktop' },
    files: [
      'package.json',
      'dist/electron/**/*',
      'dist/renderer/**/*',
      'dist/pipeline-runtime/**/*.js',
      '!**/*.map',
      '!**/*.{ts,cts,mts}',
      '!node_modules/*/{test,tests,docs,example,examples,benchmarks}{,/**/*}',
    ],
    extraResources: [
      { from: kafka, to: 'kafka' },
      { from: 'pipeline-runtime/examples', to: 'examples', filter: ['*.millrace.json'] },
      { from: guide, to: 'docs' },
      { from: 'LICENSE', to: 'LICENSE' },
    ],
    fileAssociations: [{ ext: DOCUMENT.extension, name: DOCUMENT.title, mimeType: DOCUMENT.mimeType, role: 'Editor' }],
    afterPack,
    linux: {
      target: ['dir'],
      executableName: 'millrace-app',
      category: 'Development',
      extraFiles: [{ from: 'build/package/linux/millrace', to: 'millrace' }],
    },
    win: {
      target: ['nsis', 'zip'],
      icon: `${icons}/512x512.png`,
      executableName: 'millrace-app',
      extraFiles: [{ from: 'build/package/windows/millrace.cmd', to: 'millrace.cmd' }],
    },
    nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true, deleteAppDataOnUninstall: false },
    mac: {
      target: ['dmg', 'zip'],
      icon: `${icons}/1024x1024.png`,
      category: 'public.app-category.developer-tools',
      extraFiles: [{ from: 'build/package/macos/millrace', to: 'Resources/bin/millrace' }],
      hardenedRuntime: true,
      // One type of file, with its own name: the ending alone (.json) would claim every JSON file.
      extendInfo: {
        UTExportedTypeDeclarations: [
          {
            UTTypeIdentifier: 'millrace.document',
            UTTypeDescription: DOCUMENT.title,
            UTTypeConformsTo: ['public.json'],
            UTTypeTagSpecification: { 'public.filename-extension': [DOCUMENT.extension], 'public.mime-type': [DOCUMENT.mimeType] },
          },
        ],
      },
    },
  }
}
