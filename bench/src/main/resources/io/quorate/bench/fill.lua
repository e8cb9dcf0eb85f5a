-- Writes 64 bytes to one key after the other, and after the last to key 0: wrk draws one request
-- that it does not send. Arguments: w, the first key, the last.
local w, key, last
local value = string.rep("x", 64)

function init(args)
  w = args[1]
  key = tonumber(args[2])
  last = tonumber(args[3])
end

function request()
  local path = string.format("/v1/kv/key-%04d?w=%s", key, w)
  key = key < last and key + 1 or 0
  return wrk.format("PUT", path, nil, value)
end
