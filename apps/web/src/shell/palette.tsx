import { Suspense, useEffect, useState } from 'react'
import { late } from '../app/late.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Dialog, IconButton } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'

const List = late(async () => (await import('./palette-list.tsx')).PaletteList)

/** Everything that can be done, by its name: Mod+K. */
export function Palette() {
  const { shell } = useWords()
  const { actions } = useApp()
  const all = useValue(actions.all)
  const [isOpen, setOpen] = useState(false)
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
  const close = () => setOpen(false)
  const listed = isOpen ? all.filter((action) => !action.isHidden && actions.isAllowed(action)) : []
  return (
    <>
      <IconButton icon="command" label={shell.openPalette} shortcut="Ctrl+K" onPress={() => setOpen(true)} />
      <Dialog title={shell.palette} isOpen={isOpen} onClose={close}>
        <Suspense fallback={null}>
          <List listed={listed} onDone={close} />
        </Suspense>
      </Dialog>
    </>
  )
}
