// An address that is no page in; the way back out.
import { Link } from '@tanstack/react-router'

export function NotFound() {
  return (
    <div className="state">
      <h1 className="state-head">There is no such page</h1>
      <p>
        <Link to="/">To the overview</Link>
      </p>
    </div>
  )
}
