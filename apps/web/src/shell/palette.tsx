import { type ComponentType, type KeyboardEvent, useCallback, useEffect, useState } from 'react'
import { persistently } from '../app/late.ts'
import { afterFirstMoments } from '../app/first-moments.ts'
import { allWords } from '../app/speech-choice.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Dialog, IconButton, SearchField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import type { PaletteListProps } from './palette-list.tsx'

const loadList = async () => (await import('./palette-list.tsx')).PaletteList

/** Everything that can be done, by its name: Mod+K. */
export function Palette() {
  const words = useWords()
  const { shell } = words
  const { actions, clock } = useApp()
  const all = useValue(actions.all)
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [list, setList] = useState<{ readonly List: ComponentType<PaletteListProps> }>()
  // It opens with its list, never before: what somebody types at once must not go to a field that is about to be replaced.
  const open = useCallback(() => {
    setOpen(true)
    void Promise.all([persistently(loadList), allWords()]).then(([List]) => setList({ List }))
  }, [])
  useEffect(() => {
    const remove = actions.add({
      id: 'shell.palette',
      label: ({ shell: { openPalette } }) => openPalette,
      shortcut: 'Mod+K',
      isHidden: true,
      run: open,
    })
    return remove
  }, [actions, open])
  // After all that matters more, so that it is there when somebody asks for it.
  useEffect(
    () =>
      void afterFirstMoments(clock)
        .then(() => Promise.all([persistently(loadList), allWords()]))
        .then(([List]) => setList({ List })),
    [clock],
  )
  const close = () => {
    setOpen(false)
    setText('')
  }
  const listed = isOpen ? all.filter((action) => !action.isHidden && actions.isAllowed(action)) : []
  // Whoever types faster than the list follows gets what fits best.
  const takeFirst = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || text === '' || (event.target as Element).getAttribute('aria-activedescendant')) return
    const first = listed.find((action) => fits(action.label(words), text))
    if (!first) return
    event.preventDefault()
    event.stopPropagation()
    close()
    actions.run(first.id)
  }
  return (
    <>
      <IconButton icon="command" label={shell.openPalette} shortcut="Ctrl+K" onPress={open} />
      <Dialog title={shell.palette} isOpen={isOpen && list !== undefined} onClose={close}>
        {list && (
          <div onKeyDownCapture={takeFirst}>
            <list.List listed={listed} text={text} onText={setText} onDone={close}>
              <SearchField label={shell.palette} clearLabel={shell.clear} value={text} onChange={setText} autoFocus />
            </list.List>
          </div>
        )}
      </Dialog>
    </>
  )
}

const fits = (label: string, text: string): boolean => label.toLocaleLowerCase().includes(text.toLocaleLowerCase())
