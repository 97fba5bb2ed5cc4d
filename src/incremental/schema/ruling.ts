/** What is known of a demand while its value is still being written; `met` and `failed` are final. */
export type Ruling = 'open' | 'met' | 'failed';
