interface Folder {
  readonly title: string
  readonly folder: string
  readonly first: readonly string[]
  readonly groups?: readonly Folder[]
}
export declare const SECTIONS: readonly Folder[]
export declare const PAGES_OF_THE_ROOT: readonly string[]
