import type { Theme } from '../app/appearance.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Card, Quiet, Radios } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'

const themes: readonly Theme[] = ['system', 'light', 'dark']

/** Light or dark, in this browser. */
export function Section() {
  const { shell, settings } = useWords()
  const { appearance } = useApp()
  const theme = useValue(appearance.theme)
  return (
    <Card title={shell.theme}>
      <Radios
        label={shell.theme}
        value={theme}
        onChange={(next) => appearance.choose(next)}
        choices={themes.map((id) => ({ id, label: shell.themes[id] }))}
      />
      <Quiet>{settings.appearanceHint}</Quiet>
    </Card>
  )
}
