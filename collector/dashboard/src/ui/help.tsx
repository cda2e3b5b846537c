// The list of keys in; a dialog that shows them out.
import { KEYS } from '../key-list.ts'
import { Dialog } from './dialog.tsx'

export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <header className="dialog-head">
        <h2>Keys</h2>
        <button type="button" className="button quiet" onClick={onClose}>
          Close
        </button>
      </header>
      <dl className="key-list">
        {KEYS.map(({ key, shown, does }) => (
          <div key={key}>
            <dt>
              <kbd>{shown}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p className="muted">
        They rest while you type. Charts zoom by dragging; each has a table with the same figures.
      </p>
    </Dialog>
  )
}
