import type { Theme } from '../../state/view-store.ts'
import type { Command } from '../command.ts'

const chooseTheme = (theme: Theme, title: string): Command => ({
  id: `view.theme-${theme}`,
  title,
  menu: 'view',
  scope: 'everywhere',
  checked: ({ view }) => view.getState().theme === theme,
  run: ({ view }) => view.setState({ theme }),
})

export const systemTheme = chooseTheme('system', 'Colours as the system')
export const lightTheme = chooseTheme('light', 'Light colours')
export const darkTheme = chooseTheme('dark', 'Dark colours')
