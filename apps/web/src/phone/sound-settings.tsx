import { useEffect, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, Card, Labelled, Line, Quiet, Select, Stack } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import type { AudioDevice, AudioDevices, DeviceUse } from './audio-devices.ts'
import css from './phone.module.css'
import { phoneHolder } from './phone-holder.ts'
import type { PhoneRuntime } from './phone-runtime.ts'
import { subscribePush } from './push-messages.ts'

/** Microphone, speaker, headset, links and messages. */
export function Section() {
  const runtime = useValue(phoneHolder)
  return runtime ? <Parts runtime={runtime} /> : null
}

function Parts({ runtime }: { readonly runtime: PhoneRuntime }) {
  const { phone: texts } = useWords()
  const { devices } = texts
  const { actions, api, showFault } = useApp()
  const headset = useValue(runtime.headset.name)
  const [permission, setPermission] = useState(() =>
    typeof Notification === 'undefined' ? 'denied' : Notification.permission,
  )
  const allow = () => {
    Notification.requestPermission()
      .then((answer) => {
        setPermission(answer)
        return subscribePush(api)
      })
      .catch(showFault)
  }
  return (
    <Stack>
      <Card title={devices.title}>
        <DeviceChoices devices={runtime.devices} />
        <Level runtime={runtime} />
        <Line>
          <Button icon="mic" onPress={() => actions.run('phone.echo')}>
            {devices.test}
          </Button>
        </Line>
      </Card>
      <Card title={devices.headset}>
        {runtime.headset.isSupported ? (
          <Line>
            {headset !== undefined && <Quiet>{devices.headsetReady(headset)}</Quiet>}
            <Button icon="headset" onPress={() => void runtime.headset.connect().catch(showFault)}>
              {devices.connectHeadset}
            </Button>
          </Line>
        ) : (
          <Quiet>{devices.noHeadset}</Quiet>
        )}
      </Card>
      <Card title={devices.links}>
        <Line>
          <Button
            icon="link"
            onPress={() => {
              try {
                navigator.registerProtocolHandler('tel', `${location.origin}/call?to=%s`)
              } catch (error) {
                showFault(error)
              }
            }}
          >
            {devices.register}
          </Button>
        </Line>
      </Card>
      <Card title={devices.notifications}>
        {permission === 'granted' && <Quiet>{devices.notificationsOn}</Quiet>}
        {permission === 'denied' && <Quiet>{devices.notificationsOff}</Quiet>}
        {permission === 'default' && (
          <Line>
            <Button icon="bell" onPress={() => allow()}>
              {devices.allowNotifications}
            </Button>
          </Line>
        )}
      </Card>
    </Stack>
  )
}

function DeviceChoices({ devices }: { readonly devices: AudioDevices }) {
  const { phone } = useWords()
  const { devices: texts } = phone
  const state = useValue(devices.state)
  const choice = (use: DeviceUse, label: string, list: readonly AudioDevice[]) => {
    const missing = state.missing[use]
    return (
      <Select
        label={label}
        value={state.chosen[use] ?? 'system'}
        onChange={(id) => devices.choose(use, id === 'system' ? undefined : id)}
        choices={[{ id: 'system', label: texts.system }, ...list.map(({ id, label: text }) => ({ id, label: text }))]}
        {...(missing === undefined ? {} : { hint: texts.missing(missing) })}
      />
    )
  }
  return (
    <>
      {choice('microphone', texts.microphone, state.microphones)}
      {state.canChooseSpeaker ? (
        <>
          {choice('speaker', texts.speaker, state.speakers)}
          {choice('ringer', texts.ringer, state.speakers)}
        </>
      ) : (
        <Banner>{texts.noSpeakerChoice}</Banner>
      )}
    </>
  )
}

/** How loud the microphone hears, while somebody looks. */
function Level({ runtime }: { readonly runtime: PhoneRuntime }) {
  const { phone } = useWords()
  const [level, setLevel] = useState<number>()
  const isOn = level !== undefined
  useEffect(() => {
    if (!isOn) return undefined
    let isEnded = false
    let frame = 0
    const context = new AudioContext()
    void runtime.audio.microphone().then(
      (stream) => {
        if (isEnded) return
        const analyser = context.createAnalyser()
        analyser.fftSize = 1024
        context.createMediaStreamSource(stream).connect(analyser)
        const samples = new Uint8Array(analyser.fftSize)
        const look = () => {
          analyser.getByteTimeDomainData(samples)
          setLevel(samples.reduce((most, sample) => Math.max(most, Math.abs(sample - 128) / 128), 0))
          frame = requestAnimationFrame(look)
        }
        look()
      },
      () => setLevel(undefined),
    )
    return () => {
      isEnded = true
      cancelAnimationFrame(frame)
      void context.close()
      if (runtime.phone.state.get().calls.length === 0) runtime.audio.releaseMicrophone()
    }
  }, [isOn, runtime])
  return (
    <Labelled label={phone.devices.level}>
      <div className={css.meterLine}>
        <Button size="small" icon={isOn ? 'stop' : 'mic'} onPress={() => setLevel(isOn ? undefined : 0)}>
          {isOn ? phone.devices.levelStop : phone.devices.levelStart}
        </Button>
        <div
          className={css.meter}
          role="meter"
          aria-label={phone.devices.level}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round((level ?? 0) * 100)}
        >
          <div style={{ transform: `scaleX(${level ?? 0})` }} />
        </div>
      </div>
    </Labelled>
  )
}
