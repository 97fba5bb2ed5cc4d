'use client';

import { Alert, type CSSVariablesResolver, createTheme } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: 8,
  // Text on a colour is black or white, whichever can be read better.
  autoContrast: true,
  luminanceThreshold: 0.18,
  defaultRadius: 'md',
  cursorType: 'pointer',
  components: {
    Alert: Alert.extend({
      defaultProps: { variant: 'outline' },
      styles: { title: { color: 'var(--mantine-color-text)' } },
    }),
  },
});

/** Quiet and wrong text that can be read on every surface of the app. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#5c636a', '--mantine-color-error': '#c92a2a' },
  dark: { '--mantine-color-dimmed': '#adb5bd', '--mantine-color-error': '#ffa8a8' },
});
