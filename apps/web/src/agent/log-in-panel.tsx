import { useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { Banner, Button, Card, Checkbox, Radios, Stack, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import type { AgentDesk } from './agent-desk.ts'
import type { AgentLine } from './work.ts'

const keptName = 'agent.line'

/** Where an agent answers today: this browser and their phones, or any number of their own. */
export function LogInPanel({ desk }: { readonly desk: AgentDesk }) {
  const { agent } = useWords()
  const { kept } = useApp()
  // As last time on this browser, else as the centre has it.
  const [before] = useState<Partial<{ kind: string; number: string; isKept: boolean }> | undefined>(
    () => kept.get(keptName) ?? desk.state.get().desk?.agent.line,
  )
  const [kind, setKind] = useState<AgentLine['kind']>(before?.kind === 'number' ? 'number' : 'devices')
  const [number, setNumber] = useState(before?.number ?? '')
  const [isKept, setKept] = useState(before?.isKept ?? false)
  const [mistake, setMistake] = useState<string>()
  const { isBusy, fault, run } = useSubmit()
  const logIn = () => {
    const plain = number.replace(/[\s()./-]/g, '')
    if (kind === 'number' && !/^\+?[0-9]{2,20}$/.test(plain)) return setMistake(agent.line.mistake)
    setMistake(undefined)
    const line: AgentLine = kind === 'devices' ? { kind } : { kind, number: plain, isKept }
    kept.set(keptName, line)
    run(() => desk.logIn(line))
  }
  return (
    <Card title={agent.line.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          logIn()
        }}
      >
        <Stack>
          <Radios
            label={agent.line.where}
            value={kind}
            onChange={setKind}
            choices={[
              { id: 'devices', label: agent.line.devices, hint: agent.line.devicesHint },
              { id: 'number', label: agent.line.number, hint: agent.line.numberHint },
            ]}
          />
          {kind === 'number' && (
            <>
              <TextField
                label={agent.line.which}
                type="tel"
                autoComplete="tel"
                value={number}
                onChange={setNumber}
                mistake={mistake}
                placeholder="+46 70 123 45 67"
              />
              <Checkbox isOn={isKept} onChange={setKept}>
                {agent.line.isKept}
              </Checkbox>
            </>
          )}
          {fault !== undefined && (
            <Banner tone="bad" isLive>
              {fault}
            </Banner>
          )}
          <div>
            <Button kind="primary" icon="headset" type="submit" isDisabled={isBusy} autoFocus>
              {agent.line.logIn}
            </Button>
          </div>
        </Stack>
      </form>
    </Card>
  )
}
