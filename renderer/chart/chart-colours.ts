import { useSyncExternalStore } from 'react'

/** Dashes of the series, so that colour never stands alone. The last is that of "other". */
export const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3], [4, 4], [1, 4], [1, 2]]

export interface ChartColours {
  /** Six, and that of "other". */
  readonly series: readonly string[]
  readonly text: string
  readonly line: string
  readonly surface: string
}

export function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    series: [1, 2, 3, 4, 5, 6].map((n) => token(`series-${n}`)).concat(token('edge')),
    text: token('text-3'),
    line: token('border'),
    surface: token('panel'),
  }
}

/** One text per theme: a drawn chart does not follow the tokens by itself. */
export function useThemeName(): string {
  return useSyncExternalStore(onThemeChange, themeName)
}

const contrast = '(prefers-contrast: more)'

function themeName(): string {
  return `${document.documentElement.dataset.mantineColorScheme ?? ''} ${window.matchMedia(contrast).matches}`
}

function onThemeChange(changed: () => void): () => void {
  const scheme = new MutationObserver(changed)
  scheme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] })
  const query = window.matchMedia(contrast)
  query.addEventListener('change', changed)
  return () => {
    scheme.disconnect()
    query.removeEventListener('change', changed)
  }
}
