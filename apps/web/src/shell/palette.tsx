import { useEffect, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Autocomplete, Menu, MenuItem, Text, useFilter } from '../look/aria.ts'
import { Dialog, Icon, IconButton, SearchField } from '../look/index.ts'
import controls from '../look/controls.module.css'
import { useWords } from '../words/use-words.ts'
import css from './shell.module.css'

/** Everything that can be done, by its name: Mod+K. */
export function Palette() {
  const words = useWords()
  const { shell } = words
  const { actions } = useApp()
  const all = useValue(actions.all)
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState('')
  const { contains } = useFilter({ sensitivity: 'base' })
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
  const close = () => {
    setOpen(false)
    setText('')
  }
  const listed = isOpen ? all.filter((action) => !action.isHidden && actions.isAllowed(action)) : []
  return (
    <>
      <IconButton icon="command" label={shell.openPalette} shortcut="Ctrl+K" onPress={() => setOpen(true)} />
      <Dialog title={shell.palette} isOpen={isOpen} onClose={close}>
        <Autocomplete inputValue={text} onInputChange={setText} filter={contains}>
          <SearchField label={shell.palette} clearLabel={shell.clear} value={text} onChange={setText} autoFocus />
          <Menu
            aria-label={shell.openPalette}
            className={`${controls.menu} ${css.paletteList}`}
            items={listed}
            renderEmptyState={() => <p>{shell.paletteEmpty}</p>}
          >
            {(action) => (
              <MenuItem
                id={action.id}
                textValue={action.label(words)}
                className={controls.item!}
                onAction={() => {
                  close()
                  actions.run(action.id)
                }}
              >
                {action.icon && <Icon name={action.icon} />}
                <Text slot="label" className={controls.itemText!}>
                  {action.label(words)}
                </Text>
                {action.shortcut && <kbd className={controls.itemKeys}>{action.shortcut.replace('Mod', 'Ctrl')}</kbd>}
              </MenuItem>
            )}
          </Menu>
        </Autocomplete>
      </Dialog>
    </>
  )
}
