-- Reads keys at random. Arguments: requests that are sent at once, keys.
local HELD = 100
local held = {}
local deep, keys

local function block(first)
  local requests = {}
  for nth = 0, deep - 1 do
    local path = string.format("/v1/kv/key-%04d", (first + nth) % keys)
    requests[#requests + 1] = wrk.format("GET", path)
  end
  return table.concat(requests)
end

function init(args)
  deep = tonumber(args[1])
  keys = tonumber(args[2])
  for first = 0, math.min(keys, HELD) - 1 do
    held[first] = block(first)
  end
end

function request()
  local first = math.random(0, keys - 1)
  return held[first] or block(first)
end
