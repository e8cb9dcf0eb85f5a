-- Writes to keys at random. Arguments: w, bytes of a value, keys.
local HELD = 100
local held = {}
local w, keys, value

local function put(key)
  return wrk.format("PUT", string.format("/v1/kv/key-%04d?w=%s", key, w), nil, value)
end

function init(args)
  w = args[1] or "1"
  value = string.rep("x", tonumber(args[2] or 64))
  keys = tonumber(args[3] or HELD)
  if keys <= HELD then
    for key = 0, keys - 1 do
      held[key] = put(key)
    end
  end
end

function request()
  local key = math.random(0, keys - 1)
  return held[key] or put(key)
end
