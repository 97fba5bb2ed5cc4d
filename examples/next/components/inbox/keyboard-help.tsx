const keys = [
  ['j', 'Next in the queue'],
  ['k', 'Previous in the queue'],
  ['x', 'Select for bulk actions'],
  ['/', 'Search'],
  ['u', 'Back to the queue'],
  ['e', 'Edit the answer'],
  ['a', 'Approve'],
  ['s', 'Send back with advice'],
  ['r', 'Reject'],
  ['c', 'Assign to me or release'],
  ['Ctrl Enter', 'Send the form'],
  ['Esc', 'Cancel'],
  ['?', 'Show shortcuts'],
] as const;

export function KeyboardHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <dialog ref={show} className="modal" aria-labelledby="keys" onClose={onClose}>
      <div className="modal-box max-w-sm">
        <h2 id="keys" className="mb-3">
          Keyboard shortcuts
        </h2>
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2 text-sm">
          {keys.map(([key, words]) => (
            <div key={key} className="contents">
              <dt>
                <kbd className="kbd kbd-sm">{key}</kbd>
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <p className="text-muted mt-3 text-sm">While several are selected, a, r and c act on all of them.</p>
        <form method="dialog" className="modal-action">
          <button type="submit" className="btn btn-sm">
            Close
          </button>
        </form>
      </div>
      <form method="dialog" className="modal-backdrop">
        <button type="submit" tabIndex={-1} aria-hidden="true">
          Close
        </button>
      </form>
    </dialog>
  );
}

function show(dialog: HTMLDialogElement | null): void {
  if (dialog?.open === false) dialog.showModal();
}
