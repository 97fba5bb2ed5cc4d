/** Stands where a form is about to be; it has the focus until the form takes it. */
export function FormComes() {
  return (
    <p ref={(place) => place?.focus()} tabIndex={-1} role="status" className="p-4 outline-none">
      Loading the form…
    </p>
  );
}
