import { Suspense, useEffect, useState } from 'react'
import { late, persistently } from '../app/late.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Dialog, IconButton, SearchField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'

const loadList = async () => (await import('./palette-list.tsx')).PaletteList
const List = late(loadList)

/** Everything that can be done, by its name: Mod+K. */
export function Palette() {
  const { shell } = useWords()
  const { actions } = useApp()
  const all = useValue(actions.all)
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState('')
  useEffect(() => {
    const remove = actions.add({
      id: 'shell.palette',
      label: ({ shell: { openPalette } }) => openPalette,
      shortcut: 'Mod+K',
      isHidden: true,
      run: () => setOpen(true),
    })
    return remove
  }, [actions])
  // After the first screen, so that it is there when somebody asks for it.
  useEffect(() => void persistently(loadList), [])
  const close = () => {
    setOpen(false)
    setText('')
  }
  const field = <SearchField label={shell.palette} clearLabel={shell.clear} value={text} onChange={setText} autoFocus />
  const listed = isOpen ? all.filter((action) => !action.isHidden && actions.isAllowed(action)) : []
  return (
    <>
      <IconButton icon="command" label={shell.openPalette} shortcut="Ctrl+K" onPress={() => setOpen(true)} />
      <Dialog title={shell.palette} isOpen={isOpen} onClose={close}>
        <Suspense fallback={field}>
          <List listed={listed} text={text} onText={setText} onDone={close}>
            {field}
          </List>
        </Suspense>
      </Dialog>
    </>
  )
}
