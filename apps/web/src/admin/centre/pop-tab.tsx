import { useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { Button, Card, Checkbox, Line, Quiet, Radios, Stack, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import type { CentreProps } from './centre-props.ts'
import { FaultBanner, useAsking } from './parts.tsx'
import { FindingList } from './thing-dialog.tsx'
import { useCentreText } from './use-centre-text.ts'

/** What is opened in the agent's browser with a call. */
export function PopTab({ model, view }: Omit<CentreProps, 'users'>) {
  const text = useCentreText()
  const { shell } = useWords()
  const { toasts } = useApp()
  const asking = useAsking()
  const kept = view.centre.screenPop
  const [pop, setPop] = useState(kept)
  const isSame = pop?.url === kept?.url && pop?.at === kept?.at
  const save = () =>
    asking.run(async () => {
      await model.putScreenPop(pop)
      toasts.show({ tone: 'good', text: text('kept') })
    })
  return (
    <Card>
      <Stack>
        <Quiet>{text('popWhat')}</Quiet>
        <FindingList findings={view.findings.items.filter(({ section }) => section === 'screenPop')} />
        <Checkbox
          isOn={pop !== undefined}
          onChange={(isOn) => setPop(isOn ? (kept ?? { url: 'https://', at: 'alerting' }) : undefined)}
        >
          {text('popOn')}
        </Checkbox>
        {pop && (
          <>
            <TextField
              label={text('popUrl')}
              hint={text('popUrlHint')}
              value={pop.url}
              maxLength={2000}
              onChange={(url) => setPop({ ...pop, url })}
            />
            <Radios
              label={text('popAt')}
              value={pop.at}
              choices={[
                { id: 'alerting', label: text('popAlerting') },
                { id: 'answered', label: text('popAnswered') },
              ]}
              onChange={(at) => setPop({ ...pop, at })}
            />
          </>
        )}
        <FaultBanner fault={asking.fault} />
        <Line>
          <Button kind="primary" isDisabled={asking.isBusy || isSame || pop?.url === ''} onPress={save}>
            {shell.save}
          </Button>
        </Line>
      </Stack>
    </Card>
  )
}
