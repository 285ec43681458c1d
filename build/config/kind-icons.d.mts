import type { Plugin } from 'vite'

export declare function kindIconNames(folder?: string): readonly string[]
export declare function isTablerIcon(name: string): boolean
export declare function kindIcons(): Plugin
