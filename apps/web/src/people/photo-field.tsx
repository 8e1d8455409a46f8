import { useRef, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { Avatar, Button } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './people.module.css'
import { photoOf } from './person.ts'
import { squarePhoto } from './square-photo.ts'

interface Pictured {
  readonly id: string
  readonly name: string
  readonly photo?: string
}

/** Somebody's photo, to be given, exchanged or taken away at once. */
export function PhotoField({
  of,
  onChanged,
}: {
  readonly of: Pictured
  readonly onChanged: (photo: string | undefined) => void
}) {
  const { people } = useWords()
  const { api, showFault, toasts } = useApp()
  const input = useRef<HTMLInputElement>(null)
  const [photo, setPhoto] = useState(of.photo)
  const [isBusy, setBusy] = useState(false)
  const params = { cardId: of.id }
  const change = async (work: () => Promise<string | undefined>) => {
    setBusy(true)
    try {
      const now = await work()
      setPhoto(now)
      onChanged(now)
    } catch (fault) {
      showFault(fault)
    } finally {
      setBusy(false)
    }
  }
  const give = async (file: File) => {
    const image = await squarePhoto(file)
    if (image === undefined) return void toasts.show({ tone: 'bad', text: people.noPhoto })
    await change(async () => (await api.call('putPhoto', { params, body: { image } })).photo)
  }
  return (
    <div className={css.photoField}>
      <Avatar name={of.name} photo={photoOf({ id: of.id, ...(photo === undefined ? {} : { photo }) })} size={64} />
      <div className={css.photoTools}>
        <div className={css.reach}>
          <Button icon="image" isDisabled={isBusy} onPress={() => input.current?.click()}>
            {people.choosePhoto}
          </Button>
          {photo !== undefined && (
            <Button
              icon="trash"
              kind="quiet"
              isDisabled={isBusy}
              onPress={() =>
                void change(async () => {
                  await api.call('removePhoto', { params })
                  return undefined
                })
              }
            >
              {people.removePhoto}
            </Button>
          )}
        </div>
        <span className={css.hint}>{people.photoHint}</span>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) void give(file)
        }}
      />
    </div>
  )
}
