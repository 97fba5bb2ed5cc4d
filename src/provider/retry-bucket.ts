/** A token bucket that limits the retries of one model in this process, so that an outage does not cause a retry storm. */
export interface RetryBucket {
  /** Takes one retry; whether that was allowed. */
  take(): boolean;
  /** Returns a tenth of a retry after a success. */
  refill(): void;
}

const capacity = 100;
const refillPerSuccess = 0.1;
const maxModels = 1000;
const buckets = new Map<string, RetryBucket>();

/** The bucket of a model in this process. */
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
