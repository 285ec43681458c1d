import { MantineProvider } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useStore } from 'zustand'
import { useMedia } from '../app/use-media.ts'
import type { Theme, ViewStore } from '../state/view-store.ts'
import { cssVariablesResolver, theme } from './theme.ts'

interface ThemeProviderProps {
  readonly view: ViewStore
  /** Of the page's style policy. */
  readonly nonce: string
  readonly children: ReactNode
}

/** Light, dark or as the system has it; under "more contrast" the tokens take over, which are of a dark scheme. */
export function ThemeProvider({ view, nonce, children }: ThemeProviderProps) {
  const chosen = useStore(view, (state) => state.theme)
  const systemIsDark = useMedia('(prefers-color-scheme: dark)')
  const highContrast = useMedia('(prefers-contrast: more)')
  const scheme = highContrast ? 'dark' : schemeOf(chosen, systemIsDark)
  useEffect(() => {
    // The window's background while a panel is drawn anew, and the browser's own frame.
    document.querySelector('meta[name="color-scheme"]')?.setAttribute('content', scheme)
  }, [scheme])
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} forceColorScheme={scheme} getStyleNonce={() => nonce}>
      {children}
    </MantineProvider>
  )
}

function schemeOf(theme: Theme, systemIsDark: boolean): 'light' | 'dark' {
  if (theme === 'system') return systemIsDark ? 'dark' : 'light'
  return theme
}
