// What Electron starts for this folder (`main` of package.json). npm packs that file always, so it is this one line and not the app: the
// npm package is the command line alone. The desktop packages start the app directly.
await import('../dist/electron/main.js')
