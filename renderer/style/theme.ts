import {
  ActionIcon,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  Input,
  InputWrapper,
  Menu,
  Modal,
  Popover,
  SegmentedControl,
  Select,
  Tooltip,
} from '@mantine/core'

// What the components of Mantine look like is said by the tokens: themes and high contrast are in tokens.css alone.

const shades = (name: string): [string, string, string, string, string, string, string, string, string, string] => [
  `var(--${name})`,
  `var(--${name})`,
  `var(--${name})`,
  `var(--${name})`,
  `var(--${name})`,
  `var(--${name})`,
  `var(--${name})`,
  `var(--${name})`,
  `var(--${name})`,
  `var(--${name})`,
]

const fast = { duration: 120, timingFunction: 'ease-out' } as const

export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent: shades('accent'), red: shades('error'), yellow: shades('warn'), green: shades('ok') },
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-data)',
  headings: { fontFamily: 'var(--font-ui)', fontWeight: '600' },
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '1.4546', sm: '1.3334', md: '1.5385', lg: '1.6', xl: '1.4' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '16px' },
  defaultRadius: 'sm',
  shadows: { xs: 'none', sm: 'var(--shadow)', md: 'var(--shadow)', lg: 'var(--shadow)', xl: 'var(--shadow)' },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver(input) {
    const resolved = defaultVariantColorsResolver(input)
    return input.variant === 'filled' ? { ...resolved, color: 'var(--on-accent)' } : resolved
  },
  components: {
    Button: Button.extend({
      defaultProps: { variant: 'default' },
      vars: () => ({
        root: { '--button-height': 'var(--control-height)', '--button-padding-x': '12px', '--button-fz': '13px' },
      }),
      styles: { label: { fontWeight: 500 } },
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray' },
      vars: () => ({ root: { '--ai-size': '28px' } }),
    }),
    Input: Input.extend({
      vars: () => ({ wrapper: { '--input-height': 'var(--control-height)', '--input-fz': '13px', '--input-padding': '8px' } }),
      // A field is known by its border: it has to be seen in both schemes.
      styles: { wrapper: { '--input-bd': 'var(--border-strong)' } },
    }),
    InputWrapper: InputWrapper.extend({
      vars: () => ({
        label: { '--input-label-size': '12px' },
        success: {},
        error: { '--input-error-size': '12px' },
        description: { '--input-description-size': '12px' },
      }),
      styles: { label: { fontWeight: 500, marginBottom: 4 } },
    }),
    Checkbox: Checkbox.extend({ defaultProps: { iconColor: 'var(--on-accent)', size: 'xs' } }),
    Select: Select.extend({ defaultProps: { allowDeselect: false, checkIconPosition: 'right' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 400,
        events: { hover: true, focus: true, touch: false },
        transitionProps: fast,
        maw: 320,
        multiline: true,
      },
      vars: () => ({ tooltip: { '--tooltip-bg': 'var(--text)', '--tooltip-color': 'var(--panel)' } }),
      styles: { tooltip: { padding: '4px 8px', fontSize: 12, lineHeight: '16px' } },
    }),
    Popover: Popover.extend({ defaultProps: { transitionProps: fast, shadow: 'sm' } }),
    // The placeholder for the first focus is nothing that a menu may hold; without it the first entry has the focus.
    Menu: Menu.extend({ defaultProps: { transitionProps: fast, shadow: 'sm', withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({
      defaultProps: {
        radius: 'lg',
        padding: 'lg',
        transitionProps: fast,
        overlayProps: { color: '#000', backgroundOpacity: 0.4 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
      styles: { title: { fontSize: 15, lineHeight: '24px', fontWeight: 600 } },
    }),
  },
})

/** The same in both schemes: the tokens change with the scheme. */
const mapped: Readonly<Record<string, string>> = {
  '--mantine-color-body': 'var(--panel)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--error)',
  '--mantine-color-success': 'var(--ok)',
  '--mantine-color-default': 'var(--panel)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--border-strong)',
  '--mantine-color-disabled': 'var(--hover)',
  '--mantine-color-disabled-color': 'var(--text-3)',
  '--mantine-color-disabled-border': 'var(--border)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-color-accent-text': 'var(--accent)',
  '--mantine-color-accent-filled': 'var(--accent)',
  '--mantine-color-accent-filled-hover': 'var(--accent-hover)',
  '--mantine-color-accent-light': 'var(--selected)',
  '--mantine-color-accent-light-hover': 'var(--hover)',
  '--mantine-color-accent-light-color': 'var(--accent)',
  '--mantine-color-accent-outline': 'var(--accent)',
  '--mantine-color-accent-outline-hover': 'var(--hover)',
  '--mantine-color-red-text': 'var(--error)',
  '--mantine-color-red-filled': 'var(--error)',
  '--mantine-color-red-filled-hover': 'var(--error)',
  '--mantine-color-red-light': 'var(--error-bg)',
  '--mantine-color-red-light-hover': 'var(--error-bg)',
  '--mantine-color-red-light-color': 'var(--error)',
  '--mantine-color-red-outline': 'var(--error)',
  '--mantine-color-red-outline-hover': 'var(--error-bg)',
  '--mantine-color-yellow-light': 'var(--warn-bg)',
  '--mantine-color-yellow-light-color': 'var(--warn)',
  '--mantine-color-gray-filled': 'var(--text-2)',
  '--mantine-color-gray-light': 'var(--hover)',
  '--mantine-color-gray-light-hover': 'var(--hover)',
  '--mantine-color-gray-light-color': 'var(--text-2)',
  '--mantine-color-gray-outline': 'var(--border-strong)',
  '--mantine-color-gray-0': 'var(--hover)',
  '--mantine-color-gray-1': 'var(--hover)',
  '--mantine-color-gray-2': 'var(--border)',
  '--mantine-color-gray-3': 'var(--border)',
  '--mantine-color-gray-4': 'var(--border-strong)',
  '--mantine-color-gray-5': 'var(--text-3)',
  '--mantine-color-gray-6': 'var(--text-2)',
  '--mantine-color-gray-7': 'var(--text-2)',
  '--mantine-color-gray-8': 'var(--text)',
  '--mantine-color-gray-9': 'var(--text)',
  '--mantine-color-dark-0': 'var(--text)',
  '--mantine-color-dark-1': 'var(--text)',
  '--mantine-color-dark-2': 'var(--text-2)',
  '--mantine-color-dark-3': 'var(--text-3)',
  '--mantine-color-dark-4': 'var(--border)',
  '--mantine-color-dark-5': 'var(--hover)',
  '--mantine-color-dark-6': 'var(--card)',
  '--mantine-color-dark-7': 'var(--panel)',
  '--mantine-color-dark-8': 'var(--canvas)',
  '--mantine-color-dark-9': 'var(--canvas)',
}

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...mapped, '--mantine-color-white': 'var(--panel)' },
  dark: { ...mapped },
})
