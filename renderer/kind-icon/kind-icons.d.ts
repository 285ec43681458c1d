/** Made by `build/config/kind-icons.mjs` from the icons that the definitions name. */
declare module 'virtual:kind-icons' {
  import type { ComponentType } from 'react'

  interface IconProps {
    readonly size?: number | string
    readonly stroke?: number | string
    readonly className?: string
    readonly 'aria-hidden'?: boolean
  }

  export const kindIcons: Readonly<Record<string, ComponentType<IconProps> | undefined>>
}
