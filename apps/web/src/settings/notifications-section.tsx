import { useApp } from '../app/use-app.ts'
import { Card, Quiet, Switch } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './settings.module.css'
import { useMySettings } from './use-my-settings.ts'

const wishes = ['incomingCalls', 'missedCalls', 'chatMessages', 'sounds'] as const

/** Which news I want. */
export function Section() {
  const { settings: texts } = useWords()
  const { showFault } = useApp()
  const { settings, change } = useMySettings()
  if (!settings) return null
  const { notifications } = settings
  return (
    <Card title={texts.notifyMe}>
      {wishes.map((wish) => (
        <div key={wish} className={css.rule}>
          <Switch
            isOn={notifications[wish]}
            onChange={(isOn) => void change({ notifications: { ...notifications, [wish]: isOn } }).catch(showFault)}
          >
            {texts.wishes[wish]}
          </Switch>
        </div>
      ))}
      <Quiet>{texts.wishesHint}</Quiet>
    </Card>
  )
}
