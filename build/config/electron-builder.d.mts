/** What electron-builder makes the application of; the parts are described in the code. */
export declare function electronBuilderConfig(parts: {
  readonly electron: { readonly folder: string; readonly version: string }
  readonly output: string
  readonly kafka: string
  readonly guide: string
  readonly icons: string
  afterPack(context: { readonly appOutDir: string; readonly packager: object }): Promise<void>
}): { readonly electronFuses: Readonly<Record<string, boolean>> }
