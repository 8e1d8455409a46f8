import { useValue } from '../base/use-value.ts'
import { Dialog, IconButton, Select } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './agent.module.css'
import { type SoundName, soundNames, type WorkSounds } from './work-sounds.ts'
import type { Channel } from './work.ts'

const channels: readonly Channel[] = ['call', 'callBack', 'voicemail', 'mail', 'chat', 'sms']

/** Which sound tells of which channel, and how loud. */
export function SoundSheet({ sounds, onClose }: { readonly sounds: WorkSounds; readonly onClose: () => void }) {
  const { agent } = useWords()
  const { byChannel, volume } = useValue(sounds.choice)
  const choices = soundNames.map((id) => ({ id, label: agent.sounds.names[id] }))
  return (
    <Dialog title={agent.sounds.title} isOpen onClose={onClose}>
      <label className={css.volume}>
        {agent.sounds.volume}
        <input
          type="range"
          min={0}
          max={100}
          step={5}
          value={volume}
          onChange={(event) => sounds.setVolume(Number(event.target.value))}
        />
      </label>
      {channels.map((channel) => (
        <div key={channel} className={css.soundRow}>
          <Select<SoundName>
            label={agent.channels[channel]}
            choices={choices}
            value={byChannel[channel]}
            onChange={(name) => sounds.choose(channel, name)}
          />
          <IconButton
            icon="play"
            label={agent.sounds.play(agent.channels[channel])}
            onPress={() => sounds.announce(channel)}
          />
        </div>
      ))}
    </Dialog>
  )
}
