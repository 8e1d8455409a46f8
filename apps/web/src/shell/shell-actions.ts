import type { Action } from '../app/actions.ts'
import type { App } from '../app/app.ts'
import type { Theme } from '../app/appearance.ts'
import type { Place } from '../app/feature.ts'
import { languages } from '../words/words.ts'

const themes: readonly Theme[] = ['system', 'light', 'dark']

/** What can be done from anywhere: go to each place, language, appearance, the way out. */
export function shellActions(app: App, places: readonly Place[]): readonly Action[] {
  return [
    ...places.map(({ path, label, icon }, index) => ({
      id: `go ${path}`,
      label,
      icon,
      ...(index < 9 ? { shortcut: `Alt+${index + 1}` } : {}),
      run: () => app.router.go(path),
    })),
    ...themes.map(
      (theme): Action => ({
        id: `theme ${theme}`,
        label: ({ shell }) => `${shell.theme}: ${shell.themes[theme]}`,
        icon: theme === 'dark' ? 'moon' : 'sun',
        run: () => app.appearance.choose(theme),
      }),
    ),
    ...languages.map(
      ({ id, name }): Action => ({
        id: `language ${id}`,
        label: ({ shell }) => `${shell.language}: ${name}`,
        icon: 'globe',
        run: () => app.speech.choose(id),
      }),
    ),
    { id: 'logOut', label: ({ shell }) => shell.logOut, icon: 'log-out', run: () => app.logOut() },
  ]
}
