/**
 * Writes ARGV[1] for ARGV[2] milliseconds (empty: for ever) if ARGV[3] allows it: `always`, `absent`, or `equals` with
 * ARGV[4]. What is there already may be written again, since a client repeats a write whose reply it lost. A string
 * without the mark of `toStored` counts as absent, as it does when it is read.
 */
export const setScript = `
local value, ttl, condition = ARGV[1], ARGV[2], ARGV[3]
if condition ~= 'always' then
  local current = redis.call('GET', KEYS[1])
  if current and not (string.find(current, '^=') or string.find(current, '^~".*\\\\ud[89a-f]')) then current = false end
  local holds = condition == 'absent' and not current or condition == 'equals' and current == ARGV[4]
  if not holds and current ~= value then return 0 end
end
if ttl == '' then redis.call('SET', KEYS[1], value) else redis.call('SET', KEYS[1], value, 'PX', ttl) end
return 1`;

export const deleteScript = `return redis.call('DEL', KEYS[1])`;

export const addScript = `return redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])`;

export const removeScript = `return redis.call('ZREM', KEYS[1], ARGV[1])`;

/**
 * Reads ARGV[2] members and their scores in the order ARGV[1], past the score ARGV[3] and the member ARGV[4] where given.
 * The place is found by rank, so that it holds when the member itself has gone. Lua's own comparison of strings follows
 * the server's locale; a sorted set goes by bytes.
 */
export const pageScript = `
local key, order, count, score, member = KEYS[1], ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]

local function isBefore(first, second)
  for index = 1, math.min(#first, #second) do
    local left, right = first:byte(index), second:byte(index)
    if left ~= right then return left < right end
  end
  return #first < #second
end

local start = 0
if score then
  local low = redis.call('ZCOUNT', key, '-inf', '(' .. score)
  local high = redis.call('ZCOUNT', key, '-inf', score)
  while low < high do
    local middle = math.floor((low + high) / 2)
    local candidate = redis.call('ZRANGE', key, middle, middle)[1]
    if isBefore(candidate, member) or order == 'asc' and candidate == member then
      low = middle + 1
    else
      high = middle
    end
  end
  start = order == 'asc' and low or redis.call('ZCARD', key) - low
end
return redis.call(order == 'asc' and 'ZRANGE' or 'ZREVRANGE', key, start, start + count - 1, 'WITHSCORES')`;

/** Seconds, and microseconds of the second. */
export const timeScript = `return redis.call('TIME')`;
