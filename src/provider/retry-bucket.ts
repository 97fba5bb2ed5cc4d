/** A bucket that bounds the retries of one model within the process, so that an outage is not met with a storm. */
export interface RetryBucket {
  /** Whether one more retry is allowed; takes it. */
  take(): boolean;
  /** A tenth of a retry comes back for each success. */
  refill(): void;
}

const capacity = 100;
const refillPerSuccess = 0.1;
const maxModels = 1000;
const buckets = new Map<string, RetryBucket>();

/** The process's bucket of a model. */
export function retryBucket(modelKey: string): RetryBucket {
  const known = buckets.get(modelKey);
  if (known !== undefined) return known;
  if (buckets.size >= maxModels) buckets.clear();
  const bucket = createRetryBucket();
  buckets.set(modelKey, bucket);
  return bucket;
}

function createRetryBucket(): RetryBucket {
  let tokens = capacity;
  return {
    take() {
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    refill() {
      tokens = Math.min(capacity, tokens + refillPerSuccess);
    },
  };
}
