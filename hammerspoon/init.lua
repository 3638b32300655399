-- An example for ~/.hammerspoon/init.lua. Take what you need; livetree.lua lies beside it.

local livetree = require("livetree")

-- The number of changes since the last save in the menu bar. A click opens the page of LiveTree.
livetree.startMenu()

-- Ctrl+Alt+L: where am I? The answer comes a moment later, to the function.
hs.hotkey.bind({ "ctrl", "alt" }, "L", function()
  livetree.view(function(view, problem)
    if problem then return hs.alert.show(problem) end
    hs.alert.show((view.track or "no track") .. " · " .. (view.scene or "no scene"))
  end)
end)

-- Ctrl+Alt+1 … 8 selects a track; by name it would be livetree.selectTrack("Bass").
for number = 1, 8 do
  hs.hotkey.bind({ "ctrl", "alt" }, tostring(number), function() livetree.selectTrack(number) end)
end

-- Before a show: Live's script only answers, and watches nothing.
hs.hotkey.bind({ "ctrl", "alt" }, "0", function() livetree.realtime(false) end)
hs.hotkey.bind({ "ctrl", "alt" }, "9", function() livetree.realtime(true) end)

-- Only for Sets on a volume where LiveTree does not notice saves by itself. Keep it in a global: what nobody holds is
-- collected, and watches no more.
-- saves = livetree.watchSaves("/Volumes/Studio/Sets")
