import type { Theme } from '../app/appearance.ts'
import { useApp, useMe } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { IconButton, Menu } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { languages } from '../words/words.ts'

const themes: readonly Theme[] = ['system', 'light', 'dark']

/** Who is logged in, language, appearance, the way out. */
export function AccountMenu() {
  const { shell, settings } = useWords()
  const app = useApp()
  const { user } = useMe()
  const theme = useValue(app.appearance.theme)
  return (
    <Menu
      label={shell.account}
      trigger={<IconButton icon="person" label={`${shell.account}: ${user.displayName}`} />}
      groups={[
        {
          id: 'account',
          title: user.displayName,
          entries: [
            { id: 'settings', label: settings.title, icon: 'settings', onAction: () => app.router.go('/settings') },
          ],
        },
        {
          id: 'theme',
          title: shell.theme,
          entries: themes.map((id) => ({
            id,
            label: shell.themes[id],
            isChosen: id === theme,
            onAction: () => app.appearance.choose(id),
          })),
        },
        {
          id: 'language',
          title: shell.language,
          entries: languages.map(({ id, name }) => ({
            id,
            label: name,
            isChosen: id === app.speech.language,
            onAction: () => void app.speech.choose(id),
          })),
        },
        {
          id: 'out',
          entries: [{ id: 'logOut', label: shell.logOut, icon: 'log-out', onAction: () => void app.logOut() }],
        },
      ]}
    />
  )
}
